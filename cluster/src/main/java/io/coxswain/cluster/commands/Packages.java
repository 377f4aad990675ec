package io.coxswain.cluster.commands;

import io.coxswain.cluster.Progress;
import io.coxswain.cluster.StartupException;
import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.HostException;
import io.coxswain.kubelet.node.NodePackages;

/// The system packages that a node needs, and the flag that says what to do when some are missing.
final class Packages {

    private Packages() {}

    /// @param choice `auto` or `never`
    static void prepare(String choice, Progress progress) {
        if (!choice.equals("auto") && !choice.equals("never")) {
            throw new StartupException("--install-packages must be auto or never, not " + choice);
        }
        var packages = new NodePackages(HostCommands.host());
        var missing = packages.missing();
        if (missing.isEmpty()) {
            return;
        }
        if (choice.equals("never")) {
            throw new StartupException(NodePackages.advice(missing));
        }
        try {
            packages.install(progress::say);
        } catch (HostException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        }
        progress.done("node packages installed");
    }
}
