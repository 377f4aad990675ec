/// Go's text templates, as far as people use them with `-o go-template`: fields, variables,
/// pipelines, `if`, `with`, `range` and the common functions.
///
/// [TemplateParser] makes [Part]s of the text, [GoTemplate] fills them in.
@NullMarked
package io.coxswain.cli.output.template;

import org.jspecify.annotations.NullMarked;
