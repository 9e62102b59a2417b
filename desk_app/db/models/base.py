"""The base of all tables, and the types of their columns."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from sqlalchemy import Identity, MetaData, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, mapped_column

Instant = Annotated[datetime, mapped_column(TIMESTAMP(timezone=True))]
Key = Annotated[int, mapped_column(Identity(always=True), primary_key=True)]
Line = Annotated[str, mapped_column(Text)]

NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_ix",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
