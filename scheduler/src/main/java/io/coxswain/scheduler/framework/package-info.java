/// How a place is found for a pod: small interfaces for the rules ([FilterPlugin], [ScorePlugin]
/// …), and [Placement], which asks them about every node once and afterwards only about nodes that
/// changed. The rules themselves are in [io.coxswain.scheduler.plugins].
///
/// A plugin looks at a pod first and answers with a rule made for that pod (upstream's PreFilter
/// and PreScore), or with nothing when the pod does not concern it. So a pod pays only for what it
/// uses.
@NullMarked
package io.coxswain.scheduler.framework;

import org.jspecify.annotations.NullMarked;
