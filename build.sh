#!/usr/bin/env bash
# Builds, serves, tests and measures Trainyard. What it needs and can install goes to target/tools and node_modules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
./build.sh                               build dist/ and print its sizes
./build.sh serve [port]                  build and serve dist/ on this machine (port 8080)
./build.sh npm                           build, and lay out the npm package of the element and the core in dist/npm
./build.sh test [native|web|browser]...  all tests, or some tiers of them; TRAINYARD_ALL=1 makes the long ones whole:
                                         every cell of the table of faults, thousands of the monkey's actions, and
                                         pictures of the page at all widths
./build.sh test exports                  opens exported files with PyTorch, ONNX Runtime and their like, in a Python
                                         environment under target/ (or by the Python that PYTHON_EXPORTS names)
./build.sh test mutants [path]...        changes the sources by one small step at a time, and tells which changes no test
                                         notices: of a sample, of paths, or with MUTANTS=all of everything
./build.sh bench [options]               speed beside other engines in one browser (--help lists the options)
./build.sh bench page [start|pace]       how the page does: first step, pictures while training, Lighthouse
./build.sh bench element                 what an embed weighs and how soon it trains, beside TensorFlow.js and jax-js
./build.sh bench growth                  what training, reading and the doctor cost as rows, columns, parameters … grow
./build.sh bench baselines               how long simpler models take, beside scikit-learn's where python3 has it
./build.sh bench threshold               how long the threshold handle takes on 10,000 rows
./build.sh bench study                   what folds, Cancel and the loss surface take, beside scikit-learn where python3 has it
TEXT
}

readonly wasm_target=wasm32-unknown-unknown
readonly tools=target/tools
readonly first_load_budget=165 # KB gzip: everything to train and see the first data set
# What rustc uses for that target, with +simd128 from .cargo/config.toml.
readonly wasm_features=(--enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext
  --enable-mutable-globals --enable-multivalue --enable-reference-types)
# A multiply-add that rounds as the machine likes: once, where it can. Half the instructions, and other bits on other machines.
# Kernels are written in vectors. The compiler's own of other loops would be relaxed minima, which disagree about NaN.
readonly relaxed="target.$wasm_target.rustflags = ['-Ctarget-feature=+relaxed-simd', '-Cno-vectorize-loops', '-Cno-vectorize-slp']"

heading() { printf '\n=== %s\n' "$*"; }
fail() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# In continuous integration the committed Cargo.lock is the one that counts.
cargo_locked() {
  local verb=$1
  shift
  cargo "$verb" ${CI:+--locked} "$@"
}

need_rust() {
  has cargo || fail "cargo is missing: install Rust from https://rustup.rs, then open a new shell"
}

need_wasm_target() {
  need_rust
  [ -d "$(rustc --print sysroot)/lib/rustlib/$wasm_target" ] && return
  has rustup || fail "the Rust target $wasm_target is missing, and there is no rustup to add it: install Rust from https://rustup.rs"
  rustup target add "$wasm_target" || fail "rustup could not add the target $wasm_target: see its message above"
}

need_node() {
  has node || fail "node is missing: install Node.js 20 or later from https://nodejs.org"
  local major
  major=$(node --print 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || fail "Node.js is version $major, and 20 or later is needed: get one from https://nodejs.org"
  has npm || fail "npm is missing: install it with Node.js from https://nodejs.org"
}

# Installs the npm packages of a folder when its lock file changed since the last time.
need_packages() {
  need_node
  local folder=$1 stamp=$1/node_modules/.lock-installed
  cmp -s "$folder/package-lock.json" "$stamp" && return
  echo "npm ci in $folder"
  npm --prefix "$folder" ci --no-progress --loglevel=error || fail "npm could not install the packages of $folder: see its message above"
  cp "$folder/package-lock.json" "$stamp"
}

# The CLI must have the version of the crate, so it is read from Cargo.lock.
wasm_bindgen_version() {
  awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock
}

# Sets wasm_bindgen to a CLI of the right version, from PATH or from target/tools, where it is installed when missing.
need_wasm_bindgen() {
  local version candidate
  version=$(wasm_bindgen_version)
  for candidate in wasm-bindgen "$tools/bin/wasm-bindgen"; do
    if [ "$("$candidate" --version 2>/dev/null)" = "wasm-bindgen $version" ]; then
      wasm_bindgen=$candidate
      return
    fi
  done
  echo "installing wasm-bindgen $version into $tools: about three minutes, once"
  # Only the one program, and without its downloader of test browsers. A registry mirror may lack the newest release of
  # some package that the tool's own lock file names; then cargo picks versions itself.
  local install=(cargo install --quiet --root "$tools" --version "$version" --no-default-features --bin wasm-bindgen wasm-bindgen-cli)
  "${install[@]}" --locked 2>/dev/null || "${install[@]}" ||
    fail "wasm-bindgen $version could not be installed: run 'cargo install wasm-bindgen-cli --version $version' and try again"
  wasm_bindgen=$tools/bin/wasm-bindgen
}

# Rust → www/pkg: the library as JavaScript sees it, and www/pkg-full: the same with all there is, loaded on demand;
# www/pkg-workbook reads spreadsheets, and is loaded with the first of them; www/pkg-baselines fits simpler models;
# www/pkg-audio hears sounds; www/pkg-export writes a run for other engines; www/pkg-fast is pkg-full with other last digits.
build_packages() {
  need_wasm_target
  need_wasm_bindgen
  need_packages www
  # Everybody waits for this one: fewer copies of small functions are 4% less to fetch. Kernels say what they need inline,
  # and are written in vectors: the compiler's own for other loops are 2% more to fetch and slow small networks down.
  build_package pkg target --no-default-features --features trainer \
    --config "target.$wasm_target.rustflags = ['-Cllvm-args=--inline-threshold=50', '-Cno-vectorize-loops']"
  build_package pkg-full target/full --features gpu,table
  build_package pkg-fast target/fast --features gpu,table --config "$relaxed"
  build_package pkg-workbook target/workbook --no-default-features --features workbook --config 'profile.release.opt-level="s"'
  build_package pkg-baselines target/baselines --no-default-features --features baselines
  build_package pkg-audio target/audio --no-default-features --features audio --config 'profile.release.opt-level="s"'
  build_package pkg-export target/export --no-default-features --features export --config 'profile.release.opt-level="s"'
}

# One of them: its folder in www, the folder cargo works in, and what cargo is told besides.
build_package() {
  local folder=$1 work=$2
  shift 2
  # Panics name their files: not where this machine keeps them, so that the same source gives the same bytes anywhere.
  local sources=${CARGO_HOME:-$HOME/.cargo}/registry/src
  cargo_locked build --quiet --release --lib --target "$wasm_target" --target-dir "$work" "$@" \
    --config "target.$wasm_target.rustflags = ['--remap-path-prefix=$sources=crates']"
  local compiled=$work/$wasm_target/release/trainyard.wasm package=www/$folder/trainyard_bg.wasm stamp=target/$folder.stamp
  if [ -f "$stamp" ] && [ "$(package_state "$folder" "$compiled" "$package")" = "$(cat "$stamp")" ]; then return; fi
  "$wasm_bindgen" --target web --out-dir "www/$folder" "$compiled"
  node www/finish.mjs "www/$folder"
  local relaxed_option=()
  case $folder in *-fast) relaxed_option=(--enable-relaxed-simd) ;; esac
  # A function called once is not inlined: browsers give small functions better registers, and kernels need them.
  # Functions of one module lie together, since they compress well beside their like: 2% less to fetch than in the order of
  # use. Nothing lies in the first KB, the far end of the stack, so that an offset can be part of an access. What says how
  # it was made is left out.
  node www/node_modules/binaryen/bin/wasm-opt --low-memory-unused -O3 --one-caller-inline-max-function-size=50 \
    --reorder-functions-by-name --reorder-locals --reorder-types --strip-producers --strip-target-features \
    "${wasm_features[@]}" ${relaxed_option[@]+"${relaxed_option[@]}"} \
    "$package" -o "$package.optimized"
  mv "$package.optimized" "$package"
  package_state "$folder" "$compiled" "$package" >"$stamp"
}

# Names what went into a package and what came out, so that nothing is done twice and a foreign package is noticed.
package_state() {
  local folder=$1
  shift
  wasm_bindgen_version
  cksum build.sh www/finish.mjs www/shortNames.mjs www/guard.js www/package-lock.json "$@" "www/$folder/trainyard.js" 2>/dev/null || true
}

# Builds dist/. The budget holds for what is published and tested; one may look at or measure a page above it.
build() {
  # Two builds in one checkout take turns.
  mkdir -p target
  if has flock; then
    exec 9>target/build.lock
    flock 9
  fi
  build_packages
  node www/build.mjs "$@"
  exec 9>&-
}

run_serve() {
  local port=${1:-8080}
  build
  exec node tests/serve.mjs dist "$port"
}

# Whether packages can be installed without a question: on Debian, as root.
is_debian_root() {
  local system
  # shellcheck source=/dev/null
  system=$(. /etc/os-release 2>/dev/null && echo "${ID:-}") || true
  [ "$system" = debian ] && [ "$(id -u)" = 0 ]
}

install_debian() {
  echo "installing Debian's $1"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null; } ||
    fail "apt-get could not install $1: see its message above"
}

# The GPU engine's native tests run on any Vulkan driver; Mesa has one in software.
need_vulkan() {
  local place
  [ -n "${VK_DRIVER_FILES:-}${VK_ICD_FILENAMES:-}" ] && return
  for place in /usr/share/vulkan/icd.d /usr/local/share/vulkan/icd.d /etc/vulkan/icd.d; do
    if compgen -G "$place/*.json" >/dev/null; then return; fi
  done
  if is_debian_root; then
    install_debian mesa-vulkan-drivers
  else
    echo "no Vulkan driver found: the GPU engine's tests will say that they are skipped (Mesa's software driver serves: mesa-vulkan-drivers)"
  fi
}

need_chromium() {
  need_packages tests
  node tests/browser/support.mjs >/dev/null && return
  if is_debian_root; then
    install_debian chromium fonts-liberation
  else
    fail "no Chromium found: install Chromium or Google Chrome (on Debian: apt-get install chromium), or set CHROMIUM to its path"
  fi
}

test_native() {
  need_wasm_target
  heading "Format"
  cargo fmt --check
  heading "Lints, native and WebAssembly"
  local features
  for features in "" gpu,table,export; do
    cargo_locked clippy --quiet --all-targets --features "$features" -- -D warnings
    cargo_locked clippy --quiet --lib --target "$wasm_target" --features "$features" -- -D warnings
  done
  cargo_locked clippy --quiet --lib --target "$wasm_target" --no-default-features --features workbook -- -D warnings
  cargo_locked clippy --quiet --lib --target "$wasm_target" --no-default-features --features baselines -- -D warnings
  cargo_locked clippy --quiet --lib --target "$wasm_target" --no-default-features --features audio -- -D warnings
  cargo_locked clippy --quiet --lib --target "$wasm_target" --no-default-features --features export -- -D warnings
  cargo_locked clippy --quiet --lib --target "$wasm_target" --no-default-features --features trainer -- -D warnings
  heading "Documentation"
  RUSTDOCFLAGS="-D warnings" cargo_locked doc --quiet --no-deps --features gpu,table,export
  heading "Rust tests"
  need_vulkan
  cargo_locked test --quiet --features gpu,table,export
}

test_web() {
  need_packages tests
  heading "Form, lints and types of the front-end"
  tests/node_modules/.bin/prettier --log-level warn --check "www/**/*.{js,mjs}" "tests/{web,browser,bench,mutants,exports}/**/*.{js,mjs}" tests/*.{js,mjs}
  tests/node_modules/.bin/eslint --config tests/eslint.config.js www tests
  tests/node_modules/.bin/tsc --project tests
  heading "Web tests in Node"
  node --test --test-reporter=spec tests/web/*.test.js
}

test_browser() {
  need_chromium
  need_packages tests/bundlers
  heading "Browser tests in Chromium"
  local file files=()
  for file in tests/browser/*.test.mjs; do
    [ "$file" = tests/browser/speed.test.mjs ] || files+=("$file")
  done
  node tests/browser/run.mjs 2 "${files[@]}"
  heading "Speed of the page, with the machine to itself"
  node tests/browser/run.mjs 1 tests/browser/speed.test.mjs
}

# Sets PYTHON_EXPORTS to a Python with what exported files are opened with: the caller's, or one under target/.
need_exports_python() {
  local wanted=tests/exports/requirements.txt venv=target/exports-venv
  if [ -n "${PYTHON_EXPORTS:-}" ]; then return; fi
  export PYTHON_EXPORTS=$PWD/$venv/bin/python
  cmp -s "$wanted" "$venv/requirements.txt" && return
  has python3 || fail "python3 is missing: install Python 3.11 or later, or set PYTHON_EXPORTS to its path"
  echo "installing what $wanted names into $venv: some gigabytes, once"
  python3 -m venv "$venv" || fail "python3 could not make $venv: on Debian, apt-get install python3-venv"
  "$venv/bin/python" -m pip install --quiet --requirement "$wanted" || fail "pip could not install what $wanted names: see its message above"
  cp "$wanted" "$venv/requirements.txt"
}

test_exports() {
  build
  need_packages tests
  need_exports_python
  heading "Exports, opened by other engines"
  node --test --test-reporter=spec tests/exports/*.test.mjs
}

# All mutants are compiled into one test binary, since each by itself (as cargo-mutants has them) takes a build.
test_mutants() {
  need_rust
  build
  need_packages tests
  need_packages tests/mutants
  exec node tests/mutants/run.mjs "$@"
}

run_test() {
  if [ "${1:-}" = mutants ]; then test_mutants "${@:2}"; fi
  local tiers=("$@") tier
  [ "$#" -gt 0 ] || tiers=(native web browser)
  for tier in "${tiers[@]}"; do
    case $tier in native | web | browser | exports) ;; *) fail "'$tier' is no test tier: choose native, web, browser or exports" ;; esac
  done
  case " ${tiers[*]} " in *" native "*) test_native ;; esac
  case " ${tiers[*]} " in
    *" web "* | *" browser "*)
      heading "Build"
      build --budget "$first_load_budget"
      ;;
  esac
  case " ${tiers[*]} " in *" web "*) test_web ;; esac
  case " ${tiers[*]} " in *" browser "*) test_browser ;; esac
  case " ${tiers[*]} " in *" exports "*) test_exports ;; esac
  heading "Passed: ${tiers[*]}"
}

run_bench() {
  case " $* " in *" --help "*) exec node tests/bench/run.mjs --help ;; esac
  build
  case ${1:-} in baselines | growth) exec node "tests/bench/$1.mjs" "${@:2}" ;; esac
  need_chromium
  case ${1:-} in threshold | study) exec node "tests/bench/$1.mjs" ;; esac
  if [ "${1:-}" = element ]; then
    need_packages tests/bench
    exec node tests/bench/element.mjs
  fi
  build_package pkg-bench target/bench-core --features bench,gpu
  build_package pkg-bench-fast target/bench-fast --features bench,gpu --config "$relaxed"
  need_packages tests/bench
  if [ "${1:-}" = page ]; then exec node tests/bench/pageSpeed.mjs "${@:2}"; fi
  exec node tests/bench/run.mjs "$@"
}

case ${1:-build} in
  build) build --budget "$first_load_budget" ;;
  serve | test | bench) "run_$1" "${@:2}" ;;
  npm) build && node www/npm.mjs ;;
  -h | --help | help) usage ;;
  *)
    usage >&2
    fail "there is no command '$1'"
    ;;
esac
