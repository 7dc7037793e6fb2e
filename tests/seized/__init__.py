"""A data folder that was taken: does any byte of it tell what was recorded?"""
