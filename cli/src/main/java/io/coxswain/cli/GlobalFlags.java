package io.coxswain.cli;

import io.coxswain.base.flags.Flag;
import java.util.List;

/// The flags that every command has.
public record GlobalFlags(
        @Flag("Username to impersonate for the operation.") String as,
        @Flag("Group to impersonate for the operation, can be repeated.") List<String> asGroup,
        @Flag("UID to impersonate for the operation.") String asUid,
        @Flag("Default cache directory") String cacheDir,
        @Flag("Path to a cert file for the certificate authority") String certificateAuthority,
        @Flag("Path to a client certificate file for TLS") String clientCertificate,
        @Flag("Path to a client key file for TLS") String clientKey,
        @Flag("The name of the kubeconfig cluster to use") String cluster,
        @Flag("The name of the kubeconfig context to use") String context,
        @Flag(value = "Show the help of the command", letter = "h") boolean help,
        @Flag(
                        "If true, the server's certificate will not be checked for validity."
                                + " This will make your HTTPS connections insecure")
                boolean insecureSkipTlsVerify,
        @Flag("Path to the kubeconfig file to use for CLI requests.") String kubeconfig,
        @Flag("Require server version to match client version") boolean matchServerVersion,
        @Flag(value = "If present, the namespace scope for this CLI request", letter = "n")
                String namespace,
        @Flag("Password for basic authentication to the API server") String password,
        @Flag(
                        value =
                                "The length of time to wait before giving up on a single server"
                                        + " request. Non-zero values should contain a corresponding"
                                        + " time unit (e.g. 1s, 2m, 3h). A value of zero means"
                                        + " don't timeout requests.",
                        def = "0")
                String requestTimeout,
        @Flag(value = "The address and port of the Kubernetes API server", letter = "s")
                String server,
        @Flag("Server name to use for server certificate validation.") String tlsServerName,
        @Flag("Bearer token for authentication to the API server") String token,
        @Flag("The name of the kubeconfig user to use") String user,
        @Flag("Username for basic authentication to the API server") String username,
        @Flag(value = "number for the log level verbosity", letter = "v", def = "0") int v,
        @Flag("Treat warnings received from the server as errors and exit with a non-zero code")
                boolean warningsAsErrors) {

    /// A record of flags that holds the global ones.
    public interface Holder {
        GlobalFlags global();
    }

    /// No flags but the global ones.
    public record Only(GlobalFlags global) implements Holder {}
}
