package io.coxswain.cli.describe;

import io.coxswain.cli.resource.Target;

/// Describes the objects of one kind.
@FunctionalInterface
interface Describer {

    void describe(Target target, Sheet sheet, Related related);
}
