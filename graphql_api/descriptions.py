"""Publishes docstrings as the schema's descriptions, so that no sentence is written twice.

A class's docstring describes its type, a resolver's its field, the string below an attribute that attribute, and the
comment beside a member of an enum that member.
"""

import ast
import inspect
import re
import textwrap
from functools import cache
from itertools import pairwise

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

_KEY = "strawberry-definition"
_MEMBER = re.compile(r"\s+([A-Z_]+) = .*?  # (.+)")


def publish(schema: GraphQLSchema) -> None:
    """Give every type and field without a description the one that its docstring holds."""
    for found in schema.type_map.values():
        definition = found.extensions.get(_KEY)
        if definition is None:
            continue
        if found.description is None and (doc := _doc(getattr(definition, "origin", None) or definition.wrapped_cls)):
            found.description = _plain(doc)
        if isinstance(found, GraphQLEnumType):
            for name, value in found.values.items():
                value.description = value.description or _comments(definition.wrapped_cls).get(name)
        if not isinstance(found, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            continue
        written = _attributes(definition.origin)
        for field in found.fields.values():
            source = field.extensions.get(_KEY)
            if field.description is not None or source is None:
                continue
            resolver = getattr(source, "base_resolver", None)
            doc = resolver.wrapped_func.__doc__ if resolver else written.get(source.python_name)
            field.description = _plain(doc) if doc else None


def _doc(origin: type) -> str | None:
    """The docstring of a class, or of the generic class that it is a case of."""
    return next((doc for base in origin.__mro__[:-1] if (doc := base.__dict__.get("__doc__"))), None)


def _plain(doc: str) -> str:
    """A docstring as one text: paragraphs kept, line breaks inside them not."""
    paragraphs = inspect.cleandoc(doc).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


@cache
def _comments(wrapped: type) -> dict[str, str]:
    """The comments beside the members of an enum, by member."""
    try:
        lines = inspect.getsource(wrapped).splitlines()
    except (OSError, TypeError):
        return {}
    found = (_MEMBER.match(line) for line in lines)
    return {match[1]: f"{match[2][0].upper()}{match[2][1:]}." for match in found if match}


@cache
def _attributes(origin: type) -> dict[str, str]:
    """The strings below the attributes of a class and its bases, by attribute."""
    found: dict[str, str] = {}
    for base in reversed(origin.__mro__):
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(base)))
        except (OSError, TypeError, SyntaxError):
            continue
        body = tree.body[0].body if tree.body and isinstance(tree.body[0], ast.ClassDef) else []
        for statement, following in pairwise(body):
            if (
                isinstance(statement, ast.AnnAssign)
                and isinstance(statement.target, ast.Name)
                and isinstance(following, ast.Expr)
                and isinstance(following.value, ast.Constant)
                and isinstance(following.value.value, str)
            ):
                found[statement.target.id] = following.value.value
    return found
