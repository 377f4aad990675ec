# Sourced by test.sh: Debian's etcd for the tests of the engine on it, unpacked and not installed.
etcd_cache=$HOME/.cache/coxswain/debian
if [ ! -x /usr/bin/etcd ] || [ ! -x /usr/bin/etcdctl ]; then
  for package in etcd-server etcd-client; do
    [ -e "$etcd_cache/.$package" ] && continue
    mkdir -p "$etcd_cache"
    fetched=$(mktemp -d)
    (cd "$fetched" && { apt-get -q download "$package" || { apt-get -q update && apt-get -q download "$package"; }; })
    dpkg -x "$fetched"/*.deb "$etcd_cache"
    touch "$etcd_cache/.$package"
    rm -rf "$fetched"
  done
fi
