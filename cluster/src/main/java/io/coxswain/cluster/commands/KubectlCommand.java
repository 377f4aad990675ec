package io.coxswain.cluster.commands;

import io.coxswain.cli.Kubectl;
import io.coxswain.cli.Streams;
import java.util.List;

/// `cox kubectl …`.
record KubectlCommand() implements Command {

    @Override
    public int run(List<String> args) {
        return Kubectl.run(args, Streams.standard(), System.getenv());
    }
}
