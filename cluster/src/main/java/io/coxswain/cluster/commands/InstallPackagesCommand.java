package io.coxswain.cluster.commands;

import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.NodePackages;
import java.util.List;

/// `cox install-packages`: installs what a node needs, as `cox up` would.
record InstallPackagesCommand() implements Command {

    @Override
    public int run(List<String> args) {
        var packages = new NodePackages(HostCommands.host());
        if (!packages.missing().isEmpty()) {
            packages.install(System.out::println);
        }
        return 0;
    }
}
