"""What others have published: does the register's own code give the same, and refuse the same?

The values are facts, each with the document and section, or the repository and file, that it is
from (`source` in the JSON files). They were read in public copies: RFC 8785 and RFC 6962 in their
own words, the example of RFC 9162 in its authors' draft, the values of RFC 8032 in several
programs' tests that agree with one another, and its message of 1023 bytes in `sign.input` of
pyca/cryptography; that message bears the signature. Read `checks.py` first.
"""
