package org.almosttls.house;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module's rooms: which packages exist, and which arrows between them are allowed. Names are written below
 * {@code org.almosttls}; that package itself is {@code almosttls}.
 */
public final class Rooms {

    private static final String ROOT = "org.almosttls";
    private static final Pattern ARROW = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s.*");
    private static final Pattern CODE = Pattern.compile("\\{@code ([^}]+)}");

    private record Arrow(String from, String to) {}

    private final Path module;
    private final Map<String, Set<String>> rows;
    private final Map<String, Set<String>> guarded;

    private Rooms(Path module, Map<String, Set<String>> rows, Map<String, Set<String>> guarded) {
        this.module = module;
        this.rows = rows;
        this.guarded = guarded;
    }

    /**
     * @param module the folder of the module, with its sources and its compiled {@code target/classes}
     * @param rows a line per room, from top to bottom: its name, a bar, the rooms it may use. A name that ends in
     *     {@code .*} stands for the package and all below it, which may use each other
     * @param guarded a line per foreign package: its name, a bar, the only rooms that may use it or what is below it
     */
    public static Rooms of(Path module, String rows, String guarded) {
        return new Rooms(module, table(rows), table(guarded));
    }

    private static Map<String, Set<String>> table(String text) {
        var table = new LinkedHashMap<String, Set<String>>();
        text.lines().map(line -> line.split("\\|", 2)).forEach(row -> table.put(row[0].strip(), words(row[1])));
        return table;
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Rows that allow an arrow which does not go down the table. */
    public List<String> risingRows() {
        var names = new ArrayList<>(rows.keySet());
        return rows.entrySet().stream()
                .flatMap(row -> row.getValue().stream()
                        .filter(used -> names.contains(used) && names.indexOf(used) <= names.indexOf(row.getKey()))
                        .map(used -> row.getKey() + " -> " + used))
                .toList();
    }

    /** Packages of the module that are in no row. */
    public List<String> unknownPackages() throws IOException {
        return packages().filter(name -> room(name).isEmpty()).sorted().toList();
    }

    /** Arrows between rooms that the table does not have. */
    public List<String> forbiddenArrows() {
        return arrows().stream()
                .filter(arrow -> isOurs(arrow.to()) && leavesRoom(arrow))
                .filter(arrow -> !mayUse(arrow.from()).contains(nameOf(arrow.to())))
                .map(arrow -> below(arrow.from()) + " -> " + below(arrow.to()))
                .toList();
    }

    /** Uses of guarded packages by a room that is not among those which may. */
    public List<String> forbiddenImports() {
        return arrows().stream()
                .filter(arrow -> guarded.entrySet().stream()
                        .anyMatch(guard -> isWithin(arrow.to(), guard.getKey())
                                && !guard.getValue().contains(nameOf(arrow.from()))))
                .map(arrow -> below(arrow.from()) + " -> " + arrow.to())
                .toList();
    }

    /** Packages without a {@code package-info.java}, or with one that does not name a room which they use. */
    public List<String> untruePackageInfos() throws IOException {
        var used = arrows().stream()
                .filter(arrow -> isOurs(arrow.to()) && leavesRoom(arrow))
                .collect(Collectors.groupingBy(Arrow::from, Collectors.mapping(Arrow::to, Collectors.toSet())));
        var untrue = new ArrayList<String>();
        for (var name : packages().sorted().toList()) {
            var info = packageInfo(name);
            if (info.isEmpty()) untrue.add(below(name) + " has no package-info.java");
            else
                unnamed(info.get(), used.getOrDefault(name, Set.of()))
                        .forEach(to -> untrue.add(below(name) + " uses " + to + ", its package-info.java denies it"));
        }
        return untrue;
    }

    /** The rooms used that the sentence "May use ..." leaves out; one that refers to another room's is taken on trust. */
    private Stream<String> unnamed(String info, Set<String> used) {
        int sentence = info.indexOf("May use");
        var promise = sentence < 0 ? "" : info.substring(sentence).replaceAll("\\s*\\*?\\s+", " ");
        if (promise.contains("may use")) return Stream.empty();
        var named = CODE.matcher(promise).results().map(code -> code.group(1)).collect(Collectors.toSet());
        return used.stream()
                .filter(to -> !named.contains(below(to)) && !named.contains(nameOf(to)))
                .map(Rooms::below)
                .sorted();
    }

    private Optional<String> packageInfo(String name) throws IOException {
        var file =
                module.resolve("src/main/java").resolve(name.replace('.', '/')).resolve("package-info.java");
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private Stream<String> packages() throws IOException {
        var classes = module.resolve("target/classes");
        try (var files = Files.walk(classes)) {
            return files
                    .filter(file -> file.toString().endsWith(".class"))
                    .map(file -> classes.relativize(file).getParent())
                    .filter(folder -> folder != null)
                    .map(folder ->
                            folder.toString().replace(folder.getFileSystem().getSeparator(), "."))
                    .collect(Collectors.toSet())
                    .stream();
        }
    }

    private Set<Arrow> arrows() {
        var output = new StringWriter();
        var errors = new StringWriter();
        // The folder below the one with module-info, so that jdeps does not look for other modules.
        var classes = module.resolve("target/classes/org").toString();
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(output), new PrintWriter(errors), "-verbose:package", "-filter:none", classes);
        if (status != 0) throw new IllegalStateException("jdeps failed: " + output + errors);
        var arrows = output.toString()
                .lines()
                .map(ARROW::matcher)
                .filter(arrow -> arrow.matches() && isOurs(arrow.group(1)))
                .map(arrow -> new Arrow(arrow.group(1), arrow.group(2)))
                .collect(Collectors.toSet());
        if (arrows.isEmpty()) throw new IllegalStateException("jdeps says nothing that is understood here: " + output);
        return arrows;
    }

    private boolean leavesRoom(Arrow arrow) {
        return !room(arrow.from()).equals(room(arrow.to()))
                || room(arrow.from()).isEmpty();
    }

    private Set<String> mayUse(String packageName) {
        return room(packageName).map(rows::get).orElse(Set.of());
    }

    /** As rooms are named in the second column: the row, or for another module's package its own name. */
    private String nameOf(String packageName) {
        return room(packageName).orElse(below(packageName));
    }

    private Optional<String> room(String packageName) {
        var name = below(packageName);
        if (rows.containsKey(name)) return Optional.of(name);
        return rows.keySet().stream()
                .filter(row -> row.endsWith(".*") && isWithin(name, row.substring(0, row.length() - 2)))
                .findFirst();
    }

    private static boolean isOurs(String packageName) {
        return isWithin(packageName, ROOT);
    }

    private static boolean isWithin(String name, String outer) {
        return name.equals(outer) || name.startsWith(outer + ".");
    }

    private static String below(String packageName) {
        return packageName.equals(ROOT) ? "almosttls" : packageName.replaceFirst("^org\\.almosttls\\.", "");
    }
}
