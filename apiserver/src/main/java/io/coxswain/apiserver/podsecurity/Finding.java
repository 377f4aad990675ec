package io.coxswain.apiserver.podsecurity;

/// What one rule has against a pod.
///
/// @param reason the rule in a word: `privileged`
/// @param detail who breaks it and how; may be empty
record Finding(String reason, String detail) {

    @Override
    public String toString() {
        return detail.isEmpty() ? reason : reason + " (" + detail + ")";
    }
}
