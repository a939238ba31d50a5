"""The author's desk: the site made anew at each save, shown in the open page."""
