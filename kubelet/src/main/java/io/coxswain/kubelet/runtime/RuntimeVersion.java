package io.coxswain.kubelet.runtime;

/// What the runtime says it is, for example `containerd`, `1.6.20`, `v1`.
public record RuntimeVersion(String name, String version, String apiVersion) {

    /// As a node's `containerRuntimeVersion`: `containerd://1.6.20`.
    public String url() {
        return name + "://" + version;
    }
}
