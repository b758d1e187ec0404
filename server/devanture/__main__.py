from devanture.cli import main

main()
