"""Linear expressions and rows that may turn out to be plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import pulp

Part: TypeAlias = pulp.LpVariable | pulp.LpAffineExpression | int
Expr: TypeAlias = pulp.LpAffineExpression


def is_one(part: Part) -> bool:
    """Return whether a part is the settled number 1."""
    return isinstance(part, int) and part == 1


def total(parts: Sequence[tuple[float, Part]]) -> Expr:
    """Add variables, expressions and numbers, each with its factor."""
    terms: dict[pulp.LpVariable, float] = {}
    constant = 0.0
    for factor, part in parts:
        if isinstance(part, pulp.LpVariable):
            terms[part] = terms.get(part, 0.0) + factor
        elif isinstance(part, pulp.LpAffineExpression):
            constant += factor * part.constant
            for variable, coefficient in part.items():
                terms[variable] = terms.get(variable, 0.0) + factor * coefficient
        else:
            constant += factor * part
    return Expr(terms, constant=constant)


def plus(variables: list[pulp.LpVariable], constant: float = 0.0) -> Expr:
    """Add distinct variables and a number."""
    return Expr(dict.fromkeys(variables, 1.0), constant=constant)


_SENSE = {
    "<=": pulp.LpConstraintLE,
    ">=": pulp.LpConstraintGE,
    "==": pulp.LpConstraintEQ,
}


def row(name: str, left: Expr, sense: str, right: float) -> pulp.LpConstraint:
    """Return a named row; unlike PuLP's operators it may be without any variable."""
    return pulp.LpConstraint(left, sense=_SENSE[sense], name=name, rhs=right)
