package io.coxswain.apiserver.authentication;

import java.util.Set;

/// Where a request without credentials is let in as `system:anonymous`.
///
/// @param paths empty for everywhere
public record Anonymous(boolean allowed, Set<String> paths) {

    public static final Anonymous EVERYWHERE = new Anonymous(true, Set.of());
    public static final Anonymous NOWHERE = new Anonymous(false, Set.of());

    public boolean mayAsk(String path) {
        return allowed && (paths.isEmpty() || paths.contains(path));
    }
}
