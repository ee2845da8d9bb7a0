"""A new user action is one service verb, one command and one interface command, or this test fails."""

from __future__ import annotations

import importlib
import pkgutil
from importlib import import_module

import workbench.services
from workbench.cli.faces import CLI_VERBS
from workbench.cli.nouns import NOUNS
from workbench.services.base import VERBS


def service_verbs() -> set[str]:
    """Import every service and return the verbs they entered."""
    for module in pkgutil.iter_modules(workbench.services.__path__):
        importlib.import_module(f"workbench.services.{module.name}")
    return set(VERBS)


def cli_verbs() -> set[str]:
    """Import every noun and return the verbs its commands perform."""
    for noun in NOUNS.values():
        import_module(noun.module)
    return set(CLI_VERBS)


def tui_verbs() -> set[str]:
    """Import every screen and return the verbs its commands perform."""
    from workbench.tui.app import import_all_screens
    from workbench.tui.commands import REGISTRY

    import_all_screens()
    return {command.verb for command in REGISTRY if command.verb is not None}


def test_the_services_have_verbs() -> None:
    assert len(service_verbs()) > 40


def test_every_verb_has_a_command() -> None:
    assert service_verbs() - cli_verbs() == set()


def test_no_command_claims_a_verb_that_does_not_exist() -> None:
    assert cli_verbs() - service_verbs() == set()


def test_every_verb_has_an_interface_command() -> None:
    assert service_verbs() - tui_verbs() == set()


def test_no_interface_command_claims_a_verb_that_does_not_exist() -> None:
    assert tui_verbs() - service_verbs() == set()
