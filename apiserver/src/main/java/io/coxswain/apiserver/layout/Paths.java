package io.coxswain.apiserver.layout;

import io.coxswain.apiserver.registry.StorageKeys;
import io.coxswain.storage.Key;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keys as paths and back: `pods/default/web`, `services/specs/default/web`, `minions/n1`,
/// `example.com/widgets/default/w`.
final class Paths {

    private final Map<String, String> folders = new HashMap<>();
    private final Map<String, String> resources = new HashMap<>();

    /// First segments that are not the whole folder: `services`.
    private final Set<String> deep = new HashSet<>();

    /// @param builtIn resources; whatever else has a dot in its group is custom
    Paths(Collection<String> builtIn) {
        for (var resource : builtIn) {
            var folder = StorageKeys.builtIn(resource);
            folders.put(resource, folder);
            resources.put(folder, resource);
            var slash = folder.indexOf('/');
            if (slash > 0) {
                deep.add(folder.substring(0, slash));
            }
        }
    }

    boolean builtIn(String resource) {
        return folders.containsKey(resource);
    }

    String path(Key key) {
        var folder = folders.get(key.resource());
        return (folder == null ? StorageKeys.custom(key.resource()) : folder)
                + "/"
                + StorageKeys.within(key);
    }

    @Nullable Key key(String path) {
        var first = path.indexOf('/');
        if (first < 0) {
            return null;
        }
        var head = path.substring(0, first);
        if (!deep.contains(head) && head.indexOf('.') < 0) {
            return key(resources.get(head), path.substring(first + 1));
        }
        var second = path.indexOf('/', first + 1);
        if (second < 0) {
            return null;
        }
        var known = resources.get(path.substring(0, second));
        var custom = head.indexOf('.') < 0 ? null : path.substring(first + 1, second) + "." + head;
        return key(known == null ? custom : known, path.substring(second + 1));
    }

    private static @Nullable Key key(@Nullable String resource, String rest) {
        if (resource == null || rest.isEmpty()) {
            return null;
        }
        var slash = rest.indexOf('/');
        if (slash < 0) {
            return new Key(resource, "", rest);
        }
        var name = rest.substring(slash + 1);
        return slash == 0 || name.isEmpty() || name.indexOf('/') >= 0
                ? null
                : new Key(resource, rest.substring(0, slash), name);
    }
}
