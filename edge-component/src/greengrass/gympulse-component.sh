#!/bin/sh
# The steps of the Greengrass component, called by its recipe:
#
#   gympulse-component.sh install|run|shutdown JAVA CONFIG WORK FREE_MEGABYTES [JAVA_OPTION ...]
#
# install   checks Java, disk, permissions and the configuration, and makes an AOT cache of the classes
# run       replaces itself by the gateway
# shutdown  ends the gateway and waits until it has stored its state
#
# It runs as the component's user and changes files in WORK only. A check that fails names the remedy, ends with 1 and
# keeps the cache of the version that runs. The exit codes 100 and 101 would restart the nucleus, and are never used. All
# output goes to standard output, as a nucleus logs the other stream as warnings.
exec 2>&1
step=$1 java=$2 config=$3 work=$4 free_megabytes=${5%.*} # a nucleus may pass whole numbers as 200.0
shift 5

fail() {
  echo "$step: $1"
  exit 1
}

jar=$(ls "$(dirname "$0")"/gympulse-gateway-*.jar 2>/dev/null | head -n 1)
tmp=$work/tmp # for native libraries: /tmp is often mounted noexec
cache=$work/gateway.aot
pid_file=$work/gateway.pid

check_java() {
  command -v "$java" >/dev/null || fail "there is no '$java'; install a JDK 25 and give its java as 'java'"
  major=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${major:-0}" -ge 25 ] || fail "'$java' is Java ${major:-of an unknown version}; give a JDK 25 or later as 'java'"
}

check_work_folder() {
  mkdir -p "$tmp" 2>/dev/null && [ -w "$tmp" ] || fail "$(id -un) cannot write to $work; make it the owner"
  printf '#!/bin/sh\n' >"$tmp/check" && chmod +x "$tmp/check" && "$tmp/check" 2>/dev/null ||
    fail "nothing can be executed in $work; mount its file system without noexec"
  rm -f "$tmp/check"
  free=$(df -Pk "$work" | awk 'NR == 2 { print int($4 / 1024) }')
  [ "${free:-0}" -ge "$free_megabytes" ] ||
    fail "$work has ${free:-0} MB free; free $free_megabytes MB or lower 'freeMegabytes'"
}

check_configuration() {
  [ -r "$config" ] || fail "$(id -un) cannot read $config; put the gateway's configuration there and make it readable"
}

install() {
  [ -n "$jar" ] || fail "there is no gympulse-gateway-*.jar in $(dirname "$0"); deploy the component again"
  check_java
  check_work_folder
  check_configuration
  # The check of the configuration is also the run whose classes the cache gets. The JVM writes the cache at its end.
  rm -f "$cache.new" "$cache.new.config"
  "$java" -XX:AOTCacheOutput="$cache.new" -Xlog:aot=off -Xlog:cds=off "$@" \
    -Djava.io.tmpdir="$tmp" -Dorg.sqlite.tmpdir="$tmp" -jar "$jar" --config "$config" --check ||
    { rm -f "$cache.new" && fail "the gateway cannot run with $config, see above"; }
  if [ -s "$cache.new" ]; then
    mv -f "$cache.new" "$cache"
  else
    echo "$step: no AOT cache could be made; the gateway starts more slowly"
  fi
}

run() {
  # What killed processes have left there.
  rm -rf "$tmp"
  mkdir -p "$tmp" || fail "$(id -un) cannot write to $work; make it the owner"
  echo $$ >"$pid_file"
  [ ! -s "$cache" ] || set -- -XX:AOTCache="$cache" "$@"
  exec "$java" "$@" -Djava.io.tmpdir="$tmp" -Dorg.sqlite.tmpdir="$tmp" -jar "$jar" --config "$config"
}

shutdown() {
  pid=$(cat "$pid_file" 2>/dev/null) || exit 0
  # The process id may be another process's by now.
  grep -q gympulse-gateway "/proc/$pid/cmdline" 2>/dev/null || exit 0
  kill -TERM "$pid" 2>/dev/null || exit 0
  waited=0
  while [ -d "/proc/$pid" ] && [ "$waited" -lt 15 ]; do
    sleep 1
    waited=$((waited + 1))
  done
}

case $step in
  install | run | shutdown) "$step" "$@" ;;
  *) fail "give install, run or shutdown" ;;
esac
