package io.coxswain.cli.commands.config;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.client.Kubeconfig;

/// `config set-cluster`: makes or changes a cluster entry.
final class SetCluster {

    static final Command COMMAND =
            Command.of(
                    "config set-cluster NAME [--server=server]"
                            + " [--certificate-authority=path/to/certificate/authority]"
                            + " [--insecure-skip-tls-verify=true]"
                            + " [--tls-server-name=example.com] [options]",
                    "Set a cluster entry in kubeconfig",
                    Flags.class,
                    SetCluster::run);

    record Flags(
            GlobalFlags global,
            @Flag("embed-certs for the cluster entry in kubeconfig") boolean embedCerts,
            @Flag("proxy-url for the cluster entry in kubeconfig") String proxyUrl)
            implements GlobalFlags.Holder {}

    private SetCluster() {}

    private static int run(Call<Flags> call) {
        if (call.arguments().size() != 1) {
            throw KubeconfigFiles.unexpected(call.arguments());
        }
        var flags = call.flags();
        var global = flags.global();
        if (global.insecureSkipTlsVerify() && !global.certificateAuthority().isEmpty()) {
            throw new CliError(
                    "you cannot specify a certificate authority and insecure mode at the same"
                            + " time");
        }
        if (flags.embedCerts() && global.certificateAuthority().isEmpty()) {
            throw new CliError("you must specify a --certificate-authority to embed");
        }
        var name = call.argument(0);
        var files = KubeconfigFiles.of(call.session());
        var file = files.holding("clusters", name);
        var config = Kubeconfig.read(file);
        var change =
                new EntryChange(KubeconfigFiles.entry(config, "clusters", name), flags.embedCerts())
                        .text("server", global.server())
                        .text("tls-server-name", global.tlsServerName())
                        .text("proxy-url", flags.proxyUrl());
        if (call.given("insecure-skip-tls-verify")) {
            change.without("insecure-skip-tls-verify");
            if (global.insecureSkipTlsVerify()) {
                change.put("insecure-skip-tls-verify", Json.of(true))
                        .without("certificate-authority")
                        .without("certificate-authority-data");
            }
        }
        if (!global.certificateAuthority().isEmpty()) {
            change.file("certificate-authority", global.certificateAuthority())
                    .without("insecure-skip-tls-verify");
        }
        config.with("clusters", name, "cluster", change.entry()).write(file);
        call.session().out().println("Cluster \"" + name + "\" set.");
        return 0;
    }
}
