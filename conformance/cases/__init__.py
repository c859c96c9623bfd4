"""The scenarios of the vectors, one file a layer. Each `cases(maker)` adds vectors to the maker."""
