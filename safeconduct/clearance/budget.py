"""The step budget: a judgement that grows past it ends as NO-GO, never as a guess."""

from __future__ import annotations

from safeconduct.errors import BudgetExhausted

DEFAULT_STEPS = 2_000_000


class Budget:
    """Counts the steps of one judgement; the count is the same on every machine."""

    def __init__(self, steps: int = DEFAULT_STEPS) -> None:
        self.steps, self.left = steps, steps

    def spend(self, steps: int) -> None:
        """Take steps from the budget.

        Raises
        ------
        BudgetExhausted : none are left.
        """
        self.left -= steps
        if self.left < 0:
            raise BudgetExhausted(
                f"The judgement needs more than its budget of {self.steps} steps.",
                "Judge fewer legs at once or raise the budget; until then the answer is NO-GO.",
                steps=self.steps,
            )
