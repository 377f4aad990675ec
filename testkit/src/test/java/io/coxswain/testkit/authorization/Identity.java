package io.coxswain.testkit.authorization;

import java.util.ArrayList;
import java.util.List;

/// Somebody, as authentication would say who it is.
record Identity(String name, List<String> groups) {

    private static final String AUTHENTICATED = "system:authenticated";

    /// Everybody the matrix asks about.
    static final List<Identity> ALL =
            List.of(
                    new Identity("system:anonymous", List.of("system:unauthenticated")),
                    user("somebody"),
                    user("vera"),
                    user("ed"),
                    user("ada"),
                    user("olga", "auditors"),
                    user("root"),
                    user("master", "system:masters"),
                    user("front"),
                    user("pat"),
                    account("team", "worker"),
                    account("kube-system", "deployment-controller"),
                    user("system:kube-scheduler"),
                    user("system:kube-controller-manager"),
                    node("node-1"),
                    node("node-2"));

    private static Identity user(String name, String... groups) {
        var all = new ArrayList<>(List.of(groups));
        all.add(AUTHENTICATED);
        return new Identity(name, List.copyOf(all));
    }

    private static Identity account(String namespace, String name) {
        return user(
                "system:serviceaccount:" + namespace + ":" + name,
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace);
    }

    private static Identity node(String name) {
        return user("system:node:" + name, "system:nodes");
    }
}
