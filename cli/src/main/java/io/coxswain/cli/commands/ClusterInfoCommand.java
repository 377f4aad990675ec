package io.coxswain.cli.commands;

import io.coxswain.cli.Command;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;

/// `cluster-info`: where the cluster's services are.
public final class ClusterInfoCommand {

    public static final Command COMMAND =
            Command.of(
                    "cluster-info [flags] [options]",
                    "Display cluster information",
                    GlobalFlags.Only.class,
                    call -> {
                        var session = call.session();
                        var url = session.serverUrl();
                        var path = "/api/v1/namespaces/kube-system/services";
                        var selector = "kubernetes.io/cluster-service=true";
                        var services =
                                session.server()
                                        .get(path, Query.EMPTY.with("labelSelector", selector));
                        session.out().println("Kubernetes control plane is running at " + url);
                        for (var service : Trees.objects(services, "items")) {
                            var shown =
                                    Trees.map(service, "metadata.labels")
                                            .getOrDefault(
                                                    "kubernetes.io/name", Trees.name(service));
                            session.out()
                                    .println(
                                            shown
                                                    + " is running at "
                                                    + url
                                                    + path
                                                    + "/"
                                                    + Trees.name(service)
                                                    + "/proxy");
                        }
                        session.out()
                                .println(
                                        "\nTo further debug and diagnose cluster problems, use"
                                                + " 'kubectl cluster-info dump'.");
                        return 0;
                    });

    private ClusterInfoCommand() {}
}
