"""The format of the tests of this folder, in a module of its own since lit hands
tests to other processes."""

import os

import lit.formats
import lit.Test

ABOUT_THE_RUNNER = {
    "cluster-errors.mlir", "divisions.mlir", "errors.mlir", "global-races.mlir",
    "limits.mlir", "no-end.mlir", "no-races.mlir", "operations.mlir",
}


class TestAsPTX(lit.Test.Test):
    """A test of another folder, with a name and temporary files of its own."""

    def getFullName(self):
        return "Act :: Integration/PTX/" + "/".join(self.path_in_suite[1:])

    def getExecPath(self):
        return self.suite.getExecPath(
            ("Integration", "PTX") + self.path_in_suite[1:])


class Format(lit.formats.ShTest):
    """The tests of the folder, and those of its neighbours that run kernels on the
    runner."""

    def getTestsInDirectory(self, suite, path, lit_config, local_config):
        yield from super().getTestsInDirectory(suite, path, lit_config,
                                               local_config)
        for folder in ("SIMT", "CPU"):
            source = os.path.join(suite.getSourcePath(path[:-1]), folder)
            for name in sorted(os.listdir(source)):
                if name in ABOUT_THE_RUNNER or not name.endswith(".mlir"):
                    continue
                with open(os.path.join(source, name)) as file:
                    text = file.read()
                    if "--device=simt" in text or "%{device} = simt" in text:
                        yield TestAsPTX(suite, path[:-1] + (folder, name),
                                        local_config)
