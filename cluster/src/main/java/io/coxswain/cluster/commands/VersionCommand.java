package io.coxswain.cluster.commands;

import io.coxswain.apiserver.BuildInfo;
import java.util.List;

/// `cox version`.
record VersionCommand() implements Command {

    @Override
    public int run(List<String> args) {
        System.out.println("Coxswain 0.1.0 (Kubernetes " + BuildInfo.KUBERNETES_VERSION + ")");
        System.out.println("Java " + Runtime.version());
        return 0;
    }
}
