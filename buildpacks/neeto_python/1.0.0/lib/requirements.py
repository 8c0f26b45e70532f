"""What a Python app requires, in whichever form it says so, and what Debian has of it.

requirements.py python                        says what is wrong when requires-python excludes this Python
requirements.py list FILE                     prints the requirements of a lock file, Pipfile or pyproject.toml in pip's form
requirements.py candidates LIST MAP           prints the Debian packages that may be the requirements of a list in pip's form
requirements.py choose LIST MAP CANDIDATES    prints those that are, out of lines "PACKAGE VERSION"; says what cannot be had

MAP is dh-python's list of distributions and Debian packages. Exit code 1: what is wrong was said.
"""

import json
import os
import re
import sys
import tomllib

from pip._vendor.packaging.markers import Marker
from pip._vendor.packaging.requirements import InvalidRequirement, Requirement
from pip._vendor.packaging.specifiers import InvalidSpecifier, SpecifierSet
from pip._vendor.packaging.utils import canonicalize_name
from pip._vendor.packaging.version import InvalidVersion, Version

# Debian has the program in a package beside the one with the modules.
PROGRAMS = {"gunicorn": "gunicorn", "uvicorn": "uvicorn", "hypercorn": "hypercorn"}
# Other names for the same.
ALIASES = {"psycopg2-binary": "psycopg2"}


def fail(*lines):
    for line in lines:
        print(f" !     {line}", file=sys.stderr)
    sys.exit(1)


def read_toml(path):
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        fail(f"{path} is not valid TOML: {error}")


def check_python():
    if not os.path.exists("pyproject.toml"):
        return
    wanted = read_toml("pyproject.toml").get("project", {}).get("requires-python")
    version = ".".join(str(part) for part in sys.version_info[:3])
    try:
        if wanted and not SpecifierSet(wanted).contains(version):
            fail(f"requires-python (pyproject.toml) is '{wanted}', and this stack has Python {version}.")
    except InvalidSpecifier:
        fail(f"requires-python (pyproject.toml) is '{wanted}', which is not a range of versions.")


def applies(marker):
    return not marker or Marker(marker).evaluate({"extra": ""})


def from_pipfile(entries):
    """Entries of Pipfile and Pipfile.lock: a version, or a table."""
    for name, entry in entries.items():
        entry = {"version": entry} if isinstance(entry, str) else entry
        where = next((entry[kind] for kind in ("git", "path", "file") if kind in entry), None)
        extras = f"[{','.join(entry['extras'])}]" if entry.get("extras") else ""
        version = entry.get("version", "*")
        place = f" @ {'git+' if 'git' in entry else ''}{where}" if where else ("" if version == "*" else version)
        markers = f" ; {entry['markers']}" if entry.get("markers") else ""
        yield f"{name}{extras}{place}{markers}"


def from_pyproject():
    document = read_toml("pyproject.toml")
    project = document.get("project")
    if project is None and "poetry" in document.get("tool", {}):
        fail("pyproject.toml has Poetry's own form of dependencies, which needs a poetry.lock: run 'poetry lock' and commit the file.")
    return (project or {}).get("dependencies", [])


def poetry_roots():
    document = read_toml("pyproject.toml")
    names = [Requirement(line).name for line in document.get("project", {}).get("dependencies", [])]
    return names + [name for name in document.get("tool", {}).get("poetry", {}).get("dependencies", {}) if name != "python"]


def edges(package):
    """The names of what a locked package depends on, here."""
    needs = package.get("dependencies", [])
    if isinstance(needs, dict):
        for name, entry in needs.items():
            for one in entry if isinstance(entry, list) else [entry]:
                if not isinstance(one, dict) or (not one.get("optional") and applies(one.get("markers"))):
                    yield name
    else:
        yield from (entry["name"] for entry in needs if applies(entry.get("marker")))


def from_lock(path):
    """The main group's closure in a poetry.lock or uv.lock: what is for development stays out."""
    packages = {}
    for package in read_toml(path).get("package", []):
        packages.setdefault(canonicalize_name(package["name"]), []).append(package)
    if path == "uv.lock":
        own = [p for all in packages.values() for p in all if "." in (p.get("source", {}).get(k) for k in ("virtual", "editable"))]
        waiting = [name for package in own for name in edges(package)]
    else:
        waiting = poetry_roots()
    done = set()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in done:
            continue
        done.add(name)
        for package in packages.get(name, []):
            if any(k in package.get("source", {}) for k in ("git", "path", "url", "directory")):
                fail(f"{path}: {name} comes from neither an index nor this app. Export a requirements.txt and commit it.")
            yield f"{name}=={package['version']}"
            waiting.extend(edges(package))


def listed(path):
    if path == "Pipfile.lock":
        with open(path, encoding="utf-8") as file:
            return from_pipfile(json.load(file).get("default", {}))
    if path == "Pipfile":
        return from_pipfile(read_toml(path).get("packages", {}))
    if path == "pyproject.toml":
        return from_pyproject()
    if path in ("poetry.lock", "uv.lock"):
        return sorted(set(from_lock(path)))
    fail(f"What {path} requires is known only to pip, which needs an index. List it in a requirements.txt.")


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        text = file.read().replace("\\\n", " ")
    for line in text.splitlines():
        if line := re.sub(r"(^|\s)#.*$", "", line).strip():
            yield line


def read_list(path, constraints, problems):
    """The requirements of a list that apply here; constraints and problems grow."""
    for line in lines_of(path):
        if match := re.match(r"(?:-r|--requirement|-c|--constraint)[\s=]*(.+)", line):
            other = os.path.join(os.path.dirname(path), match[1])
            found = list(read_list(other, constraints, problems))
            if line.startswith(("-c", "--c")):
                constraints.extend(found)
            else:
                yield from found
        elif re.match(r"(-e|--editable)\b", line) or re.match(r"[./]|[a-z+]+://", line):
            problems.append(f"{line}: Debian has only what is published")
        elif not line.startswith("-"):
            try:
                requirement = Requirement(re.split(r"\s--", line)[0].strip())
            except InvalidRequirement:
                problems.append(f"{path}: '{line}' is not a requirement")
                continue
            if not requirement.marker or requirement.marker.evaluate({"extra": ""}):
                yield requirement


def read_map(path):
    with open(path, encoding="utf-8") as file:
        pairs = (line.split() for line in file if not line.startswith("#"))
        return {canonicalize_name(pair[0]): pair[1] for pair in pairs if len(pair) >= 2}


def debian_names(requirement, names):
    name = canonicalize_name(requirement.name)
    name = ALIASES.get(name, name)
    mapped = names.get(name, f"python3-{name}")
    return [mapped, PROGRAMS[name]] if name in PROGRAMS else [mapped]


def upstream(version):
    """Debian's 1:2.2.2+dfsg-3 is 2.2.2."""
    plain = re.split(r"[+~]", version.split(":", 1)[-1].rsplit("-", 1)[0])[0]
    try:
        return Version(plain)
    except InvalidVersion:
        return None


def choose(path, names, candidates):
    with open(candidates, encoding="utf-8") as file:
        versions = dict(line.split() for line in file)
    constraints, problems, mismatches, packages = [], [], [], []
    for requirement in read_list(path, constraints, problems):
        package, *programs = debian_names(requirement, names)
        if package not in versions:
            problems.append(f"{requirement}: Debian has no package {package}")
            continue
        version = upstream(versions[package])
        others = [c for c in constraints if canonicalize_name(c.name) == canonicalize_name(requirement.name)]
        for one in [requirement, *others]:
            if one.url:
                problems.append(f"{one}: Debian has only what is published")
            elif version is None or not one.specifier.contains(version, prereleases=True):
                mismatches.append(f"{one}: Debian has {version or versions[package]}")
        packages += [package, *(program for program in programs if program in versions)]
    allowed = os.environ.get("NEETO_PYTHON_ALLOW_DEBIAN_VERSIONS", "0") not in ("", "0")
    if mismatches and allowed:
        for line in mismatches:
            print(f" !     {line}, which is taken (NEETO_PYTHON_ALLOW_DEBIAN_VERSIONS is set).", file=sys.stderr)
    elif mismatches:
        problems += mismatches
    if problems:
        advice = ["Name an index that can be reached with the config var PIP_INDEX_URL, or ask for what Debian has."]
        if mismatches and not allowed:
            advice.append("To take Debian's versions instead of these, set the config var NEETO_PYTHON_ALLOW_DEBIAN_VERSIONS=1.")
        fail("Debian's packages are not what the app requires:", *(f"  {problem}" for problem in problems), *advice)
    print(" ".join(dict.fromkeys(packages)))


def main(command, *arguments):
    if command == "python":
        check_python()
    elif command == "list":
        print("\n".join(listed(*arguments)))
    elif command == "candidates":
        path, names = arguments[0], read_map(arguments[1])
        found = [name for requirement in read_list(path, [], []) for name in debian_names(requirement, names)]
        print("\n".join(dict.fromkeys(found)))
    elif command == "choose":
        choose(arguments[0], read_map(arguments[1]), arguments[2])


main(*sys.argv[1:])
