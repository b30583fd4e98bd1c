package org.almosttls.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.almosttls.docs.Page.Block;

/**
 * AlmostTLSv1 §11: the connection that the page takes apart.
 *
 * @param files what the reader saves, by name
 * @param steps what the reader then does, in order
 */
record WorkedExample(Map<String, String> files, List<Step> steps) {

    private static final List<String> SAVED = List.of("pem", "shell", "hex");
    private static final Pattern NAME = Pattern.compile("`(\\w+\\.(?:pem|sh|hex))`");

    /** Commands for the shell, and what they print. */
    record Step(String commands, String output) {}

    /** As it stands on the page: the command blocks are all there are, each with its output under it. */
    static WorkedExample onThePage() {
        var files = new LinkedHashMap<String, String>();
        var steps = new ArrayList<Step>();
        var blocks = Page.inDocs("almost-tls-v1.md").blocks();
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            if (SAVED.contains(block.language())) files.put(nameOf(block), block.content());
            if (!block.language().equals("sh")) continue;
            var output = blocks.get(i + 1);
            if (!output.language().equals("text")) throw new IllegalStateException("no output: " + block.content());
            steps.add(new Step(block.content(), output.content()));
        }
        return new WorkedExample(files, steps);
    }

    private static String nameOf(Block block) {
        var name = NAME.matcher(block.above());
        if (!name.find()) throw new IllegalStateException("no name: " + block.above());
        return name.group(1);
    }

    void saveIn(Path folder) throws IOException {
        for (var file : files.entrySet()) Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
}
