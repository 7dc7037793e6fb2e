"""The shortest lists of asks, held against trying everything, and against the judge.

`shut_roads` draws small countries, `every_way` tries every choice there at every second on every
road, `program` asks the program, `to_go` plays it through to the verdict, and `campaign` does it
many times over.
"""
