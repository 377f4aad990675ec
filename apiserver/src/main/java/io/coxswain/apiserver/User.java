package io.coxswain.apiserver;

import java.util.List;
import java.util.Map;

/// Who a request is made by, as authentication or impersonation found out.
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    public static final String AUTHENTICATED = "system:authenticated";
    public static final String UNAUTHENTICATED = "system:unauthenticated";
    public static final String MASTERS = "system:masters";

    public static final User ANONYMOUS =
            new User("system:anonymous", "", List.of(UNAUTHENTICATED), Map.of());

    public static User of(String name, String... groups) {
        return new User(name, "", List.of(groups), Map.of());
    }
}
