# One search over cases and changes.

search-title = Search
search-found = What was found
search-kind = Kind
search-status = Status
search-date = Date
search-change = Change
search-more = These are the best of them; more words find fewer.
search-nothing = Nothing holds all of “{ $q }”
search-nothing-text = Try fewer words or another form of them. Only cases you may see are searched, and every change.
search-ask = What are you looking for?
search-ask-text = Any words of a case or a change, in English or Russian, or a reference such as F-7QK3M9X.
