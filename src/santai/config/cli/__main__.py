import sys

from santai.config.cli import main

sys.exit(main())
