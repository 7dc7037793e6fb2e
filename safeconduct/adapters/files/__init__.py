"""Files that people write: what does a case folder, a batch of records or a policy file say?

Takes: paths. Gives: frozen values, every reference between them checked, or one error with file,
line and field; a case as the entries of a replay; the JSON Schemas of the files.
Never: half an answer, a guess at what was meant, a file outside the folder that was named. Only
`casenetwork.py`, `schema.py` and `graphfolder.py` write, each one kind of file.

Start reading at `casefile.py`; then `yamllines.py` (YAML with the line of everything), `times.py`
and `shorthand.py` (what people write and what it stands for), `definitions.py` and `references.py`
(is everything defined that is used?), `replay.py` (a case as a register).
"""
