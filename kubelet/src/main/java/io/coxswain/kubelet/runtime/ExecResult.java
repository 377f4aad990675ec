package io.coxswain.kubelet.runtime;

/// What a command in a container left: its exit code and all it wrote.
public record ExecResult(int exitCode, byte[] stdout, byte[] stderr) {

    /// Both streams as text, standard output first, as probes report it.
    public String output() {
        return new String(stdout, java.nio.charset.StandardCharsets.UTF_8)
                + new String(stderr, java.nio.charset.StandardCharsets.UTF_8);
    }
}
