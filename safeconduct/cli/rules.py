"""A rule for the terminal: its text, level, phase, source, and what meets it."""

from __future__ import annotations

from rich.text import Text

from safeconduct.policy import Level, Origin, Rule

ORIGINS = {
    Origin.SEEN: "seen",
    Origin.RECALLED: "recalled, check",
    Origin.OURS: "our own conclusion",
}


def rule_text(rule: Rule, level: Level) -> Text:
    """The head of an explanation; `level` is the one under the profile asked about."""
    head = Text()
    head.append(f"{rule.id} {rule.title}\n", style="bold")
    head.append(f"{level.value}, due {due(rule)}, source {ORIGINS[rule.origin]}\n", style="dim")
    head.append(rule.says + "\n")
    head.append("What meets it: ", style="bold")
    head.append(rule.remedy + "\n")
    head.append("Reads: " + ", ".join(sorted(r.value for r in rule.reads)), style="dim")
    for link in rule.sources:
        head.append(f"\n{link}", style="dim")
    return head


def due(rule: Rule) -> str:
    """From when on a rule is due, in words."""
    return "from planning on" if rule.phase.value == "plan" else rule.phase.value
