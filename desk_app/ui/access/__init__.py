"""Who is at this desk: signing in, the first start, the lock, the person's menu."""
