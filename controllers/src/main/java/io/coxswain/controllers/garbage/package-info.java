/// The garbage collector: who owns what, over all resources there are, and what goes when its
/// owners have gone. [io.coxswain.controllers.garbage.Graph] holds the references,
/// [io.coxswain.controllers.garbage.Verdict] decides,
/// [io.coxswain.controllers.garbage.GarbageCollector] watches, asks and deletes.
@NullMarked
package io.coxswain.controllers.garbage;

import org.jspecify.annotations.NullMarked;
