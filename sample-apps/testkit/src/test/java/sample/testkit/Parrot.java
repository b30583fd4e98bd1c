package sample.testkit;

import java.util.Scanner;

/** The child of the tests: says its arguments, repeats what it hears, and leaves with the code it is told. */
final class Parrot {

    private Parrot() {}

    public static void main(String... args) {
        System.out.println("ready " + String.join(",", args));
        System.err.println("complaint");
        try (var heard = new Scanner(System.in)) {
            while (heard.hasNextLine()) {
                System.out.println("heard " + heard.nextLine());
            }
        }
        System.exit(Integer.getInteger("code"));
    }
}
