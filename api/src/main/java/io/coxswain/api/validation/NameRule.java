package io.coxswain.api.validation;

import java.util.List;

/// Says what is wrong with a name.
///
/// `prefix` tells that the text is only the beginning of a generated name, so that it may end in
/// a dash.
@FunctionalInterface
public interface NameRule {
    List<String> problems(String name, boolean prefix);
}
