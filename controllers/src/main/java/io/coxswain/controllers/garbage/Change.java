package io.coxswain.controllers.garbage;

/// Something that happened to an object.
sealed interface Change {

    record Seen(Observed object) implements Change {}

    record Gone(String uid) implements Change {}
}
