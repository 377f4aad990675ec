package io.coxswain.kubelet.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What a command in a container left: its exit code and all it wrote.
public record ExecResult(int exitCode, byte[] stdout, byte[] stderr) {

    /// Both streams as text, standard output first, as probes report it.
    public String output() {
        return new String(stdout, UTF_8) + new String(stderr, UTF_8);
    }
}
