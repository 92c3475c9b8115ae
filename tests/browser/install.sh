#!/usr/bin/env bash
# Installs Chromium from Debian's packages, for the tests that open the Board pack in a real browser.
# Does nothing where a browser is already there; says loudly where it cannot install one (the tests then skip).
set -uo pipefail

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then
    echo "Browser for the tests: $(command -v "$name")"
    exit 0
  fi
done

loud() {
  printf '\n*** THE BOARD PACK WILL NOT BE CHECKED IN A BROWSER: %s\n\n' "$*" >&2
  exit 0
}

command -v apt-get >/dev/null 2>&1 || loud "there is no Chromium, and no apt-get to install it with"
elevate=()
if [ "$(id -u)" != 0 ]; then
  sudo -n true 2>/dev/null || loud "there is no Chromium, and installing it needs root (as root: apt-get install chromium)"
  elevate=(sudo -n)
fi
"${elevate[@]}" apt-get update -qq || loud "apt-get update failed"
DEBIAN_FRONTEND=noninteractive "${elevate[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-liberation \
  || loud "apt-get install chromium failed"
echo "Browser for the tests: $(command -v chromium)"
