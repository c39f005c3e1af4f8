#!/usr/bin/env bash
# Runs a command where nothing is but glibc and the programs of a shell script:
# in-empty-root.sh FOLDER ROOT COMMAND...
#
# ROOT is made anew, and becomes / with the files of FOLDER in it.
set -euo pipefail
folder=$1 root=$2
shift 2
rm -rf "$root"
mkdir -p "$root"/{bin,dev,tmp,usr/bin}
cp -R "$folder"/. "$root/"
programs="bash sed grep find timeout mktemp rm tee wc nproc sort diff dirname
  readlink cat printf env uname getconf head"
for program in $programs; do
  file=$(type -P "$program")
  cp -L "$file" "$root/bin/"
  # Their libraries, and with them glibc's.
  ldd "$file" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    [ -e "$root$library" ] || cp -L "$library" "$root$library"
  done
done
# Of glibc too; no program of a script computes.
libc=$(ldd "$(type -P bash)" | sed -n 's/.*libc\.so\.6 => \([^ ]*\).*/\1/p')
cp -L "$(dirname "$libc")/libm.so.6" "$root$(dirname "$libc")/"
ln -sf /bin/env "$root/usr/bin/env"
: > "$root/dev/null"
exec unshare --map-root-user --root="$root" --wd=/ \
  env -i PATH=/bin HOME=/tmp TMPDIR=/tmp "$@"
