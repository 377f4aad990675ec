package io.coxswain.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Wraps the paragraphs of `///` comments that have a line beyond the limit; leaves all others,
/// tables, and what stands between fences as they are.
final class CommentWrap {

    private static final Pattern COMMENT = Pattern.compile("^(\\s*)/// (\\s*)(\\S.*)$");
    private static final Pattern BEGINS = Pattern.compile("^([-*@|#]|```|\\d+\\. ).*");
    private static final String FENCE = "```";

    private final int columns;

    CommentWrap(int columns) {
        this.columns = columns;
    }

    List<String> wrap(List<String> lines) {
        var wrapped = new ArrayList<String>();
        var fenced = false;
        for (var i = 0; i < lines.size(); ) {
            fenced ^= lines.get(i).contains("/// " + FENCE);
            var end = fenced ? i + 1 : paragraphEnd(lines, i);
            var paragraph = lines.subList(i, end);
            var tooLong = paragraph.stream().anyMatch(line -> line.length() > columns);
            wrapped.addAll(tooLong && !fenced && end > i ? refill(paragraph) : paragraph);
            i = end;
        }
        return wrapped;
    }

    /// Behind the last line of the paragraph that begins at `start`; a line of code is one by
    /// itself.
    private static int paragraphEnd(List<String> lines, int start) {
        var first = COMMENT.matcher(lines.get(start));
        var end = start + 1;
        while (first.matches() && end < lines.size()) {
            var next = COMMENT.matcher(lines.get(end));
            if (!next.matches()
                    || !next.group(1).equals(first.group(1))
                    || BEGINS.matcher(next.group(3)).matches()) {
                break;
            }
            end++;
        }
        return end;
    }

    private List<String> refill(List<String> paragraph) {
        var first = COMMENT.matcher(paragraph.getFirst());
        if (!first.matches() || first.group(3).startsWith("|")) {
            return paragraph;
        }
        var start = first.group(1) + "/// " + first.group(2);
        var item = first.group(3);
        var hanging = item.startsWith("- ") ? "  " : item.startsWith("@") ? "    " : "";
        var words = String.join(" ", paragraph).replaceAll("\\s*/// *", " ").strip().split("\\s+");
        var filled = new ArrayList<String>();
        var line = new StringBuilder(start + words[0]);
        for (var i = 1; i < words.length; i++) {
            if (line.length() + 1 + words[i].length() > columns) {
                filled.add(line.toString());
                line = new StringBuilder(start + hanging + words[i]);
            } else {
                line.append(' ').append(words[i]);
            }
        }
        filled.add(line.toString());
        return filled;
    }
}
