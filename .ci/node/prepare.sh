#!/bin/sh
# After an install in a checkout: takes the pinned Node off the path where it can not run (musl has no package of its own).
link=node_modules/.bin/node
[ -e "$link" ] || exit 0
"$link" --version >/dev/null 2>&1 || rm -f "$link"
