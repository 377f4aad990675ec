package io.coxswain.http.stream.command;

import java.util.List;

/// The names of the remote command protocols, the most wanted first.
final class RemoteCommandProtocols {

    static final String V5 = "v5.channel.k8s.io";
    static final String V4 = "v4.channel.k8s.io";
    static final String V3 = "v3.channel.k8s.io";
    static final String V2 = "v2.channel.k8s.io";
    static final String V1 = "channel.k8s.io";
    static final String V4_BASE64 = "v4.base64.channel.k8s.io";
    static final String V1_BASE64 = "base64.channel.k8s.io";
    static final String NONE = "";

    static final List<String> WEB_SOCKET = List.of(V5, V4, V4_BASE64, V1, V1_BASE64, NONE);
    static final List<String> SPDY = List.of(V4, V3, V2, V1);

    private RemoteCommandProtocols() {}

    /// Whether the error channel carries a Status object rather than text.
    static boolean structuredStatus(String protocol) {
        return protocol.startsWith("v4.") || protocol.startsWith("v5.");
    }

    /// Whether a SPDY client opens a stream for terminal sizes.
    static boolean resizes(String protocol) {
        return structuredStatus(protocol) || protocol.equals(V3);
    }
}
