package org.almosttls.compliance;

import java.util.stream.Collectors;

/** The promises and what a run of the tests showed of them, as Markdown. */
record PromisesPage(RunRecord run) {

    private static final String HEAD = """
            # Promises

            What is promised of each protocol, and the tests that showed it in this run of the build. Tests are below \
            `org.almosttls`.
            """;

    String text() {
        var text = new StringBuilder(HEAD);
        for (var page : Promises.pages()) {
            text.append("\n## ").append(page.title()).append('\n');
            String heading = "";
            for (var promise : page.all()) {
                if (!promise.heading().equals(heading)) {
                    heading = promise.heading();
                    text.append("\n### %s\n\n| promise | shown by |\n|---|---|\n".formatted(heading));
                }
                text.append(row(promise));
            }
        }
        return text.toString();
    }

    private String row(Promise promise) {
        String shown = promise.tests().stream().map(run::shown).collect(Collectors.joining("<br>"));
        return "| %s | %s |\n".formatted(promise.words(), shown);
    }
}
