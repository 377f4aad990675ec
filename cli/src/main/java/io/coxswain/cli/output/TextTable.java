package io.coxswain.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lines of cells, each column as wide as its widest cell and a gap.
///
/// ```
/// NAME   READY
/// web    1/1
/// ```
/// Widths are remembered between blocks, so that what a watch adds stays in line.
public final class TextTable {

    private final int widthMin;
    private final int gap;
    private final List<List<String>> rows = new ArrayList<>();
    private int[] widths = {};

    private TextTable(int widthMin, int gap) {
        this.widthMin = widthMin;
        this.gap = gap;
    }

    /// As `get` shows it.
    public static TextTable wide() {
        return new TextTable(6, 3);
    }

    /// As `describe` shows it.
    public static TextTable narrow() {
        return new TextTable(0, 2);
    }

    public void row(List<String> cells) {
        rows.add(cells.stream().map(TextTable::harmless).toList());
    }

    public void row(String... cells) {
        row(List.of(cells));
    }

    /// What others wrote into an object must not steer the terminal.
    private static String harmless(String cell) {
        return cell.indexOf('\u001b') < 0 && cell.indexOf('\r') < 0
                ? cell
                : cell.replace("\u001b", "^[").replace("\r", "\\r");
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public void print(PrintStream out) {
        out.print(text());
    }

    /// The lines so far; they are forgotten, their widths are not.
    public String text() {
        for (var row : rows) {
            measure(row);
        }
        var text = new StringBuilder();
        for (var row : rows) {
            for (var i = 0; i < row.size(); i++) {
                text.append(row.get(i));
                if (i < row.size() - 1) {
                    text.repeat(' ', widths[i] - length(row.get(i)));
                }
            }
            text.append('\n');
        }
        rows.clear();
        return text.toString();
    }

    private void measure(List<String> row) {
        if (widths.length < row.size()) {
            widths = Arrays.copyOf(widths, row.size());
        }
        for (var i = 0; i < row.size(); i++) {
            widths[i] = Math.max(widths[i], Math.max(widthMin, length(row.get(i)) + gap));
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
