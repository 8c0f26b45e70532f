#!/usr/bin/env python3
"""Stands where a builder has /cnb/lifecycle/creator: the same command line, exit codes and OCI layout, and one buildpack.

Options, defaults and the places of images are those of https://github.com/buildpacks/lifecycle (cmd/lifecycle/creator.go, image/layout_handler.go) and of the
buildpacks platform specification; what it does not know of them it refuses.
"""

import argparse
import gzip
import hashlib
import io
import json
import os
import pathlib
import sys
import tarfile

LABEL = "io.buildpacks.lifecycle.metadata"
EPOCH = 315532801


def fail(code, text):
    print(f"ERROR: {text}", file=sys.stderr)
    sys.exit(code)


def phase(name):
    print(f"\033[36m===> {name}\033[0m", flush=True)


def sha(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def place(args, reference):
    return pathlib.Path(args.layout_dir, *reference.replace(":", "/").split("/"))


def blob(folder, digest):
    return folder / "blobs" / "sha256" / digest.removeprefix("sha256:")


def read(folder):
    """An image in a layout: its descriptors and its configuration, whose bytes are what their digests say."""
    descriptor = json.loads((folder / "index.json").read_text())["manifests"][0]
    documents = []
    for digest in (descriptor["digest"], json.loads(blob(folder, descriptor["digest"]).read_bytes())["config"]["digest"]):
        content = blob(folder, digest).read_bytes()
        assert sha(content) == digest
        documents.append(json.loads(content))
    return documents


def layer(entries):
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content, mode in entries:
            info = tarfile.TarInfo(name)
            info.mtime, info.mode = EPOCH, mode
            if isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
                tar.addfile(info)
            else:
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
    return plain.getvalue()


def write(folder, content):
    folder.joinpath("blobs", "sha256").mkdir(parents=True, exist_ok=True)
    blob(folder, sha(content)).write_bytes(content)
    return {"digest": sha(content), "size": len(content)}


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in ("app", "layers", "platform", "cache-dir", "layout-dir", "run-image", "previous-image"):
        parser.add_argument(f"-{name}")
    parser.add_argument("-uid", type=int)
    parser.add_argument("-gid", type=int)
    parser.add_argument("-layout", action="store_true")
    parser.add_argument("image")
    args = parser.parse_args()
    if os.environ["CNB_PLATFORM_API"] != "0.13":
        fail(11, "platform API")
    if not args.layout or os.environ.get("CNB_EXPERIMENTAL_MODE", "error") == "error":
        fail(1, "experimental features are disabled by CNB_EXPERIMENTAL_MODE=error")
    if (os.getuid(), os.getgid()) != (args.uid, args.gid):
        fail(1, f"exec as user {args.uid}:{args.gid}: operation not permitted")

    phase("ANALYZING")
    run, run_config = read(place(args, args.run_image))
    previous = {}
    if args.previous_image:
        labels = read(place(args, args.previous_image))[1]["config"]["Labels"]
        previous = json.loads(labels[LABEL])["buildpacks"][0]["layers"]

    phase("DETECTING")
    app = pathlib.Path(args.app)
    if not (app / "greeting.txt").exists():
        fail(20, "No buildpack groups passed detection.")

    phase("RESTORING")
    kept = pathlib.Path(args.cache_dir, "committed")
    is_kept = kept.exists()

    phase("BUILDING")
    suffix = pathlib.Path(args.platform, "env", "SUFFIX")
    print(f"-----> Greeting{', again' if is_kept else ''}")
    if (app / "fail").exists():
        fail(51, "failed to build: exit status 1")
    (app / "index.html").write_text((app / "greeting.txt").read_text().strip() + (suffix.read_text() if suffix.exists() else ""))
    pathlib.Path(os.path.expanduser("~"), ".seen").write_text("a buildpack may write to its home")

    phase("EXPORTING")
    kept.mkdir(exist_ok=True)
    out = place(args, args.image)
    launcher = pathlib.Path("/cnb/lifecycle/launcher").read_bytes()
    tools = layer([("layers/test_greeting/tools/bin/tool", b"#!/bin/sh\n" * 1000, 0o755)])
    files = [(str(f.relative_to("/")), f.read_bytes(), 0o644) for f in sorted(app.rglob("*")) if f.is_file()]
    layers = [
        ("Layer: 'tools', Created by buildpack: test/greeting@1.0.0", tools),
        ("Application Layer", layer(files)),
        ("Buildpacks Application Launcher", layer([("cnb/lifecycle/launcher", launcher, 0o755)])),
        ("Buildpacks Process Types", layer([("cnb/process/web", "/cnb/lifecycle/launcher", 0o777)])),
    ]
    manifest_layers, ids, history = list(run["layers"]), list(run_config["rootfs"]["diff_ids"]), []
    for created_by, plain in layers:
        packed = gzip.compress(plain, 6, mtime=0)
        descriptor = {"digest": sha(packed), "size": len(packed)}
        if previous.get("tools", {}).get("sha") == sha(plain):
            print("Reusing layer 'test/greeting:tools'")
        else:
            descriptor = write(out, packed)
        manifest_layers.append({"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", **descriptor})
        ids.append(sha(plain))
        history.append({"created_by": created_by})
    buildpacks = [{"key": "test/greeting", "version": "1.0.0", "layers": {"tools": {"sha": sha(tools), "launch": True}}}]
    build = {
        "processes": [{"type": "web", "command": ["serve"], "args": ["$PORT"], "direct": True, "buildpackID": "test/greeting"}],
        "buildpacks": [{"id": "test/greeting", "version": "1.0.0"}],
    }
    config = dict(run_config)
    config["rootfs"] = {"type": "layers", "diff_ids": ids}
    config["history"] = [{"created_by": "base"}] * len(run["layers"]) + history
    config["config"] = {
        **run_config["config"],
        "Entrypoint": ["/cnb/process/web"],
        "WorkingDir": args.app,
        "Labels": {
            **(run_config["config"].get("Labels") or {}),
            LABEL: json.dumps({"buildpacks": buildpacks, "runImage": {"topLayer": run_config["rootfs"]["diff_ids"][-1]}}),
            "io.buildpacks.build.metadata": json.dumps(build),
        },
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
        "config": {"mediaType": "application/vnd.docker.container.image.v1+json", **write(out, json.dumps(config).encode())},
        "layers": manifest_layers,
    }
    descriptor = {"mediaType": manifest["mediaType"], **write(out, json.dumps(manifest).encode())}
    (out / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [descriptor]}))
    (out / "oci-layout").write_text(json.dumps({"imageLayoutVersion": "1.0.0"}))
    print(f"Saving {out}...")


main()
