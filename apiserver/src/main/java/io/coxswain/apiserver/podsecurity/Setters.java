package io.coxswain.apiserver.podsecurity;

import java.util.ArrayList;
import java.util.List;

/// Who set something: `pod`, `container "a"`, `pod and containers "a", "b"`.
final class Setters {

    private Setters() {}

    /// Empty when nobody did.
    static String of(boolean pod, List<String> containers) {
        return of(pod, containers, " and ");
    }

    static String of(boolean pod, List<String> containers, String joined) {
        var all = new ArrayList<String>();
        if (pod) {
            all.add("pod");
        }
        if (!containers.isEmpty()) {
            all.add(Subject.containers(containers));
        }
        return String.join(joined, all);
    }
}
