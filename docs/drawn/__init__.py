"""The pages of the documentation that are drawn from the program, one module each.

Every module gives its page as text and writes nothing; `docs/generate.py` writes. What a page says
is taken from the code, the policy, the cases or the tests, so that it cannot say anything else;
where a line of meaning has to be written by hand, it stands in a table of the module, and a table
that lacks a line, or has one too many, is refused.
"""
