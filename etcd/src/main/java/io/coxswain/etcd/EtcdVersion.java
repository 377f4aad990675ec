package io.coxswain.etcd;

/// The version of a member: `3.4.23`.
record EtcdVersion(int major, int minor, int patch) {

    static EtcdVersion parse(String text) {
        var parts = text.split("[.+-]");
        return new EtcdVersion(number(parts, 0), number(parts, 1), number(parts, 2));
    }

    /// Whether the answer to a request for progress comes behind the events it speaks of.
    boolean claimsAreSafe() {
        if (major != 3) {
            return major > 3;
        }
        return switch (minor) {
            case 4 -> patch >= 25;
            case 5 -> patch >= 8;
            default -> minor > 5;
        };
    }

    private static int number(String[] parts, int index) {
        if (index >= parts.length || !parts[index].matches("\\d{1,9}")) {
            return 0;
        }
        return Integer.parseInt(parts[index]);
    }
}
