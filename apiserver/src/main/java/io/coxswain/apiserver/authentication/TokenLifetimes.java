package io.coxswain.apiserver.authentication;

/// How long tokens of service accounts are good for.
///
/// @param secondsMax at most; 0 for as long as is asked for
/// @param extended whether the tokens that every pod finds go on working for a year, so that a
///     client that never reads the file again is noticed in the audit log before it breaks
public record TokenLifetimes(long secondsMax, boolean extended) {

    public static final TokenLifetimes STANDARD = new TokenLifetimes(0, true);

    /// What admission mounts into every pod asks for; nobody else asks for exactly this.
    private static final long MOUNTED_SECONDS = 3607;

    private static final long YEAR_SECONDS = 365L * 24 * 60 * 60;

    /// @param told what who asked is told
    /// @param seconds how long the token really works
    /// @param warnAfter when its use is noted; 0 for never
    public record Lifetime(long told, long seconds, long warnAfter) {}

    /// @param forPods whether the token is bound to a pod and meant for this server
    public Lifetime of(long asked, boolean forPods) {
        var told = secondsMax == 0 ? asked : Math.min(asked, secondsMax);
        return extended && forPods && asked == MOUNTED_SECONDS
                ? new Lifetime(told, YEAR_SECONDS, told)
                : new Lifetime(told, told, 0);
    }
}
