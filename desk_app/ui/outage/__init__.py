"""What the desk shows and notes while its server is away."""
